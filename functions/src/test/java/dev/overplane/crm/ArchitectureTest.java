package dev.overplane.crm;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.overplane.crm", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_do_not_depend_on_one_another_in_circles =
            slices().matching("dev.overplane.crm.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule counting_is_arithmetic_alone = classes()
            .that()
            .resideInAPackage("..counting")
            .should()
            .onlyDependOnClassesThat(resideInAPackage("java..")
                    .or(resideInAPackage("..counting"))
                    .or(resideInAPackage("org.jspecify..")));

    @ArchTest
    static final ArchRule the_core_knows_nothing_of_http_and_lambda = noClasses()
            .that()
            .resideInAnyPackage("..segment..", "..account", "..dynamodb")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.overplane.crm.http", "dev.overplane.crm.function", "com.amazonaws..");

    @ArchTest
    static final ArchRule the_edge_does_not_talk_to_dynamodb_itself = noClasses()
            .that()
            .resideInAnyPackage("dev.overplane.crm.http", "dev.overplane.crm.function")
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

    @ArchTest
    static final ArchRule only_handlers_are_public_in_the_package_of_functions = classes()
            .that()
            .resideInAPackage("dev.overplane.crm.function")
            .and()
            .areNotAssignableTo(RequestStreamHandler.class)
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
