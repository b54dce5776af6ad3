package io.hawser.verify.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the house stands: the root of the tree, its modules, their compiled classes and their sources. */
final class House {
    private static final Path ROOT = root();

    private House() {}

    /** The compiled main classes of all modules. */
    static JavaClasses classes() {
        return new ClassFileImporter()
                .importPaths(modules().stream()
                        .map(module -> module.resolve("target/classes"))
                        .filter(Files::isDirectory)
                        .toList());
    }

    /** All Java sources of all modules, parsed. */
    static List<SourceFile> sources() {
        return SourceFile.parse(
                ROOT,
                modules().stream()
                        .map(module -> module.resolve("src"))
                        .filter(Files::isDirectory)
                        .flatMap(sources -> list(Files::walk, sources).stream())
                        .filter(file -> file.toString().endsWith(".java"))
                        .toList());
    }

    /** The Java files of all modules below {@code src/main} or {@code src/test}. */
    static List<Path> javaFiles(String kind) {
        return modules().stream()
                .map(module -> module.resolve("src").resolve(kind))
                .filter(Files::isDirectory)
                .flatMap(sources -> list(Files::walk, sources).stream())
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    /** The file at {@code path} of the tree. */
    static Path file(String path) {
        return ROOT.resolve(path);
    }

    private static List<Path> modules() {
        return list(Files::list, ROOT).stream()
                .filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
                .toList();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "no folder .mvn above " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }

    private static List<Path> list(Listing listing, Path folder) {
        try (Stream<Path> paths = listing.of(folder)) {
            return paths.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Listing {
        Stream<Path> of(Path folder) throws IOException;
    }
}
