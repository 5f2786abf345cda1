package io.phyla.runs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.phyla", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule modules_know_each_other_one_way_only = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("spaces")
            .definedBy("io.phyla.spaces..")
            .layer("search")
            .definedBy("io.phyla.search..")
            .layer("evaluators")
            .definedBy("io.phyla.evaluators..")
            .layer("storage")
            .definedBy("io.phyla.storage..")
            .layer("api")
            .definedBy("io.phyla.api..")
            .layer("runs")
            .definedBy("io.phyla.runs..")
            .whereLayer("spaces")
            .mayNotAccessAnyLayer()
            .whereLayer("search")
            .mayOnlyAccessLayers("spaces")
            .whereLayer("evaluators")
            .mayOnlyAccessLayers("search", "spaces")
            .whereLayer("storage")
            .mayOnlyAccessLayers("search", "spaces")
            .whereLayer("api")
            .mayOnlyAccessLayers("storage", "evaluators", "search", "spaces")
            .whereLayer("runs")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule packages_know_each_other_one_way_only =
            slices().matching("io.phyla.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule searching_knows_no_sql_no_http_and_no_tensors = noClasses()
            .that()
            .resideInAnyPackage("io.phyla.spaces..", "io.phyla.search..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..", "javax.sql..", "java.net.http..", "io.vertx..", "org.nd4j..", "org.bytedeco..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule the_launcher_needs_nothing_that_needs_a_new_jdk = classes()
            .that()
            .resideInAPackage("io.phyla.launch..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.phyla.launch..", "org.jspecify..");
}
