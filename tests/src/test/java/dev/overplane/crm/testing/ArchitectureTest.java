package dev.overplane.crm.testing;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter().importPaths("target/classes", "target/test-classes");

    @Test
    void packages_do_not_depend_on_one_another_in_circles() {
        slices().matching("dev.overplane.crm.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /// So that it can run against any base URL.
    @Test
    void the_contract_suite_and_its_client_know_no_class_of_the_product() {
        var product = resideInAPackage("dev.overplane.crm..").and(not(resideInAPackage("..testing..")));
        classes()
                .that()
                .resideInAPackage("..testing.client")
                .should()
                .onlyDependOnClassesThat(not(product).and(not(resideInAPackage("dev.overplane.crm.testing"))))
                .check(CLASSES);
        classes()
                .that()
                .resideInAPackage("..contract")
                .should()
                .onlyDependOnClassesThat(not(product).or(resideInAPackage("..contract")))
                .andShould()
                .onlyDependOnClassesThat(not(resideInAnyPackage("software.amazon..", "com.amazonaws..")))
                .check(CLASSES);
    }

    /// The store's tests read and arrange what its classes keep to their package. The functions' rehearsals are
    /// tested here, since here alone the SDK's HTTP client has the native part for this machine.
    @Test
    void only_two_packages_are_shared_with_the_product() {
        var product = packages(new ClassFileImporter().importPackages("dev.overplane.crm"), false);
        assertTrue(product.contains("dev.overplane.crm.segment"), product::toString);
        var shared = new HashSet<>(packages(CLASSES, true));
        shared.retainAll(product);
        assertEquals(Set.of("dev.overplane.crm.segment.store", "dev.overplane.crm.function"), shared);
    }

    /// @param ours whether those of this module count, or all others
    private static Set<String> packages(JavaClasses classes, boolean ours) {
        return classes.stream()
                .filter(type -> CLASSES.contain(type.getName()) == ours)
                .map(JavaClass::getPackageName)
                .collect(toSet());
    }

    @Test
    void names_of_tests_are_sentences() {
        methods()
                .that()
                .areMetaAnnotatedWith(Testable.class)
                .should()
                .haveNameMatching("[a-z0-9]+(_[A-Za-z0-9]+)+")
                .check(CLASSES);
    }
}
