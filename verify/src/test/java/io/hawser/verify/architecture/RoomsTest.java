package io.hawser.verify.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may see whom: the table of {@link Room} holds for every compiled class. */
class RoomsTest {
    private static final JavaClasses HOUSE = House.classes();

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.hawser.verify.architecture.Room#all")
    void seesOnlyWhatTheTableAllows(Room room) {
        classes()
                .that()
                .resideInAPackage(room.packages())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(room.sees().toArray(String[]::new))
                .because("the table of rooms in docs/ARCHITECTURE.md says so")
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void everyClassLivesInARoomOfTheTable() {
        classes()
                .should()
                .resideInAnyPackage(Room.all().map(Room::packages).toArray(String[]::new))
                .because("a class outside the table obeys nobody")
                .check(HOUSE);
    }

    @Test
    void nobodyButTheProofsAndExamplesKnowsTheProgram() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.hawser.app..", "io.hawser.junit..", "io.hawser.verify..", "io.hawser.examples..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.hawser.app..")
                .check(HOUSE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.hawser.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(HOUSE);
    }
}
