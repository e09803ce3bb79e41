package dev.overplane.crm;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.function.HttpFunction;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

@AnalyzeClasses(packages = "dev.overplane.crm", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_do_not_depend_on_one_another_in_circles =
            slices().matching("dev.overplane.crm.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule a_package_uses_only_those_named_here = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("json")
            .definedBy("dev.overplane.crm.json")
            .layer("log")
            .definedBy("dev.overplane.crm.log")
            .layer("account")
            .definedBy("dev.overplane.crm.account")
            .layer("dynamodb")
            .definedBy("dev.overplane.crm.dynamodb")
            .layer("aws")
            .definedBy("dev.overplane.crm.aws")
            .layer("key")
            .definedBy("dev.overplane.crm.key")
            .layer("segment")
            .definedBy("dev.overplane.crm.segment")
            .layer("counting")
            .definedBy("dev.overplane.crm.segment.counting")
            .layer("store")
            .definedBy("dev.overplane.crm.segment.store")
            .layer("eventbridge")
            .definedBy("dev.overplane.crm.eventbridge")
            .layer("http")
            .definedBy("dev.overplane.crm.http")
            .layer("function")
            .definedBy("dev.overplane.crm.function")
            .whereLayer("json")
            .mayNotAccessAnyLayer()
            .whereLayer("log")
            .mayOnlyAccessLayers("json")
            .whereLayer("account")
            .mayNotAccessAnyLayer()
            .whereLayer("dynamodb")
            .mayNotAccessAnyLayer()
            .whereLayer("aws")
            .mayOnlyAccessLayers("dynamodb")
            .whereLayer("key")
            .mayOnlyAccessLayers("account", "dynamodb", "log")
            .whereLayer("segment")
            .mayOnlyAccessLayers("account")
            .whereLayer("counting")
            .mayNotAccessAnyLayer()
            .whereLayer("store")
            .mayOnlyAccessLayers("account", "dynamodb", "log", "segment", "counting")
            .whereLayer("eventbridge")
            .mayOnlyAccessLayers("aws", "dynamodb", "json", "log")
            .whereLayer("http")
            .mayOnlyAccessLayers("account", "json")
            .whereLayer("function")
            .mayOnlyAccessLayers(
                    "account", "aws", "dynamodb", "eventbridge", "http", "json", "key", "log", "segment", "store")
            .ensureAllClassesAreContainedInArchitecture();

    @ArchTest
    static final ArchRule counting_is_arithmetic_alone = classes()
            .that()
            .resideInAPackage("..segment.counting")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "..segment.counting", "org.jspecify.."));

    @ArchTest
    static final ArchRule the_core_knows_nothing_of_json_http_and_lambda = noClasses()
            .that()
            .resideInAnyPackage("..segment..", "..key", "..account", "..dynamodb")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.overplane.crm.json",
                    "dev.overplane.crm.http",
                    "dev.overplane.crm.function",
                    "com.fasterxml..",
                    "com.amazonaws..");

    @ArchTest
    static final ArchRule account_and_mode_enter_the_keys_of_items_in_one_place = noClasses()
            .that()
            .resideInAPackage("..segment.store")
            .and()
            .doNotHaveFullyQualifiedName("dev.overplane.crm.segment.store.SegmentTable")
            .should()
            .callMethod(Tenant.class, "partitionKey");

    @ArchTest
    static final ArchRule no_operation_of_the_api_names_a_tenant = noClasses()
            .that()
            .areAssignableTo(HttpFunction.class)
            .should()
            .callConstructor(Tenant.class, AccountId.class, boolean.class);

    @ArchTest
    static final ArchRule only_functions_know_lambda = noClasses()
            .that(not(resideInAPackage("dev.overplane.crm.function")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.amazonaws..");

    @ArchTest
    static final ArchRule only_four_packages_talk_to_aws_themselves = noClasses()
            .that(not(resideInAnyPackage("..aws", "..dynamodb", "..key", "..segment.store")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule no_function_builds_an_object_mapper_which_costs_a_tenth_of_a_second_of_its_cold_start =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveSimpleName("ObjectMapper")
                    .orShould()
                    .dependOnClassesThat()
                    .haveSimpleName("JsonMapper");

    /// All instances that are restored from it would draw the same. `SecureRandom` and `UUID` [are
    /// safe](https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html).
    @ArchTest
    static final ArchRule nothing_is_drawn_from_a_generator_whose_state_a_snapshot_holds = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ThreadLocalRandom.class, SplittableRandom.class, RandomGeneratorFactory.class)
            .orShould()
            .callConstructorWhere(target(owner(type(Random.class))))
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(RandomGenerator.class, "getDefault")
            .orShould()
            .callMethod(RandomGenerator.class, "of", String.class);

    @ArchTest
    static final ArchRule only_handlers_are_public_in_the_package_of_functions = classes()
            .that()
            .resideInAPackage("dev.overplane.crm.function")
            .and()
            .areNotAssignableTo(RequestStreamHandler.class)
            .and()
            .areNotAssignableTo(RequestHandler.class)
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule handlers_have_the_name_of_their_resource_in_the_template = classes()
            .that()
            .resideInAPackage("dev.overplane.crm.function")
            .and()
            .arePublic()
            .should()
            .haveSimpleNameEndingWith("Function");
}
