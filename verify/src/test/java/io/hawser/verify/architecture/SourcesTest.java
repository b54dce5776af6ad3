package io.hawser.verify.architecture;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.verify.architecture.SourceFile.Part;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that are read from the sources: sizes, names, documentation, honest tests. */
class SourcesTest {
    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 40;
    private static final int PACKAGE_FILES = 25;
    private static final Pattern VAGUE_NAME =
            Pattern.compile(".*(Manager|Helper|Utils?|Impl|Base)|(Abstract|Base|New)[A-Z].*|I[A-Z][a-z].*");
    // Split, so that this file obeys it.
    private static final Pattern LEFT_OVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    private static final List<SourceFile> SOURCES = House.sources();

    @Test
    void filesEndAt400Lines() {
        none(sources()
                .filter(file -> file.lines().size() > FILE_LINES)
                .map(file -> file.path() + " has " + file.lines().size() + " lines"));
    }

    @Test
    void methodsEndAt40Lines() {
        none(parts(
                sources(), SourceFile::methods, method -> method.length() > METHOD_LINES, "is longer than 40 lines"));
    }

    @Test
    void packagesHoldAtMost25Files() {
        none(sources().filter(SourceFile::main).collect(groupingBy(SourceFile::folder, counting())).entrySet().stream()
                .filter(folder -> folder.getValue() > PACKAGE_FILES)
                .map(folder -> folder.getKey() + " has " + folder.getValue() + " files"));
    }

    @Test
    void namesSayWhatAThingIs() {
        none(parts(
                sources(),
                SourceFile::types,
                type -> VAGUE_NAME.matcher(type.name()).matches(),
                "is a vague name"));
    }

    @Test
    void everyMainPackageIsNullMarked() {
        List<String> marked = sources()
                .filter(file -> file.path().endsWith("/package-info.java"))
                .filter(file -> file.annotations().stream()
                        .anyMatch(annotation -> annotation.name().equals("NullMarked")))
                .map(SourceFile::folder)
                .toList();
        none(sources()
                .filter(SourceFile::main)
                .map(SourceFile::folder)
                .distinct()
                .filter(folder -> !marked.contains(folder))
                .map(folder -> folder + " has no @NullMarked package-info.java"));
    }

    @Test
    void everyTopLevelTypeSaysItsJob() {
        none(parts(
                sources().filter(SourceFile::main), SourceFile::types, type -> !type.documented(), "has no Javadoc"));
    }

    @Test
    void noTestIsDisabled() {
        none(parts(
                sources(),
                SourceFile::annotations,
                note -> note.name().matches("(.*\\.)?Disabled.*"),
                "turns a test off"));
    }

    @Test
    void noTestSleeps() {
        none(parts(
                sources().filter(file -> !file.main()),
                SourceFile::calls,
                call -> call.name().matches("(.*\\.)?sleep"),
                "sleeps; turn the clock by hand, or await a condition"));
    }

    @Test
    void nothingIsLeftForLater() {
        none(sources()
                .filter(file -> file.lines().stream().anyMatch(LEFT_OVER.asPredicate()))
                .map(file -> file.path() + " leaves work in a comment; file an issue"));
    }

    private static Stream<SourceFile> sources() {
        return SOURCES.stream();
    }

    private static Stream<String> parts(
            Stream<SourceFile> files, Function<SourceFile, List<Part>> parts, Predicate<Part> bad, String why) {
        return files.flatMap(file -> parts.apply(file).stream()
                .filter(bad)
                .map(part -> file.path() + ":" + part.line() + " " + part.name() + " " + why));
    }

    private static void none(Stream<String> violations) {
        assertThat(SOURCES).as("sources found").isNotEmpty();
        assertThat(violations).isEmpty();
    }
}
