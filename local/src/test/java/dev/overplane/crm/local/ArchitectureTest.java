package dev.overplane.crm.local;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.overplane.crm.local", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_do_not_depend_on_one_another_in_circles =
            slices().matching("dev.overplane.crm.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule each_package_uses_only_those_below_it = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.overplane.crm.local..")
            .layer("stack")
            .definedBy("dev.overplane.crm.local")
            .layer("gateway")
            .definedBy("dev.overplane.crm.local.gateway")
            .layer("reference")
            .definedBy("dev.overplane.crm.local.reference")
            .layer("stream")
            .definedBy("dev.overplane.crm.local.stream")
            .layer("schedule")
            .definedBy("dev.overplane.crm.local.schedule")
            .layer("codedeploy")
            .definedBy("dev.overplane.crm.local.codedeploy")
            .layer("eventbridge")
            .definedBy("dev.overplane.crm.local.eventbridge")
            .layer("lambda")
            .definedBy("dev.overplane.crm.local.lambda")
            .layer("dynamodb")
            .definedBy("dev.overplane.crm.local.dynamodb")
            .layer("http")
            .definedBy("dev.overplane.crm.local.http")
            .layer("template")
            .definedBy("dev.overplane.crm.local.template")
            .layer("startup")
            .definedBy("dev.overplane.crm.local.startup")
            .whereLayer("stack")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("gateway")
            .mayOnlyBeAccessedByLayers("stack")
            .whereLayer("reference")
            .mayOnlyBeAccessedByLayers("stack")
            .whereLayer("stream")
            .mayOnlyBeAccessedByLayers("stack")
            .whereLayer("schedule")
            .mayOnlyBeAccessedByLayers("stack")
            .whereLayer("codedeploy")
            .mayOnlyBeAccessedByLayers("stack")
            .whereLayer("eventbridge")
            .mayOnlyBeAccessedByLayers("stack")
            .whereLayer("lambda")
            .mayOnlyBeAccessedByLayers("stack", "gateway", "schedule", "stream")
            .whereLayer("dynamodb")
            .mayOnlyBeAccessedByLayers("stack")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers(
                    "stack", "gateway", "lambda", "dynamodb", "codedeploy", "eventbridge", "reference")
            .whereLayer("template")
            .mayOnlyBeAccessedByLayers("stack", "gateway", "lambda", "dynamodb", "schedule", "stream");
}
