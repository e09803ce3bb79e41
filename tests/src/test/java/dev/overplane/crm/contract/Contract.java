package dev.overplane.crm.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Marks a test class of the contract suite: its constructor may ask for the [Api]. Its tests run one at a time, as
/// they share accounts and look at the newest object of one.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ApiExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
@interface Contract {}
