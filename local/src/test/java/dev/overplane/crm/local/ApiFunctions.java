package dev.overplane.crm.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs a parameterized test once for each function of the API, by its logical id: the authorizer and the operations.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ValueSource(
        strings = {
            "AuthorizeFunction",
            "CreateMarketSegmentFunction",
            "RetrieveMarketSegmentFunction",
            "ListMarketSegmentsFunction",
            "UpdateMarketSegmentFunction",
            "DeleteMarketSegmentFunction"
        })
@interface ApiFunctions {}
