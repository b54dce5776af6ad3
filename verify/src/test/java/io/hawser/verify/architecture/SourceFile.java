package io.hawser.verify.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * One Java source as the JDK's own parser reads it.
 *
 * @param path from the root of the tree, with {@code /}
 * @param lines its text
 * @param types its top-level types
 * @param methods methods and constructors, at any depth
 * @param annotations names of all annotations, the package's included
 * @param calls what is called, as written: {@code Thread.sleep}
 */
record SourceFile(
        String path,
        List<String> lines,
        List<Part> types,
        List<Part> methods,
        List<Part> annotations,
        List<Part> calls) {

    /**
     * A part of a source.
     *
     * @param name as written
     * @param line where it starts, from 1; annotations included, Javadoc not
     * @param length in lines
     * @param documented true if Javadoc stands before it
     */
    record Part(String name, int line, int length, boolean documented) {}

    /** True for what is shipped or lent to other modules, false for tests. */
    boolean main() {
        return path.contains("/src/main/");
    }

    /** The folder that holds it. */
    String folder() {
        return path.substring(0, path.lastIndexOf('/'));
    }

    /** Parses {@code files}; a file that does not parse is an error of the compiler's, told by the build before. */
    static List<SourceFile> parse(Path root, List<Path> files) {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "needs a JDK, not a JRE");
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
            Trees trees = Trees.instance(task);
            List<SourceFile> parsed = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                Path file = Path.of(unit.getSourceFile().toUri());
                Scan scan = new Scan(trees, unit);
                scan.scan(unit, null);
                parsed.add(new SourceFile(
                        root.relativize(file).toString().replace('\\', '/'),
                        Files.readAllLines(file),
                        scan.types,
                        scan.methods,
                        scan.annotations,
                        scan.calls));
            }
            return parsed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Collects the parts of one source. */
    private static final class Scan extends TreePathScanner<Void, Void> {
        private final Trees trees;
        private final CompilationUnitTree unit;
        private final LineMap lines;
        private final List<Part> types = new ArrayList<>();
        private final List<Part> methods = new ArrayList<>();
        private final List<Part> annotations = new ArrayList<>();
        private final List<Part> calls = new ArrayList<>();

        private Scan(Trees trees, CompilationUnitTree unit) {
            this.trees = trees;
            this.unit = unit;
            this.lines = unit.getLineMap();
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (getCurrentPath().getParentPath().getLeaf() == unit) {
                types.add(part(type.getSimpleName().toString(), type));
            }
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            // a table of cases in an annotation is not the method's body
            Tree body = method.getBody() == null ? method : method.getBody();
            methods.add(part(method.getName().toString(), body));
            return super.visitMethod(method, null);
        }

        @Override
        public Void visitAnnotation(AnnotationTree annotation, Void nothing) {
            annotations.add(part(annotation.getAnnotationType().toString(), annotation));
            return super.visitAnnotation(annotation, null);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            calls.add(part(call.getMethodSelect().toString(), call));
            return super.visitMethodInvocation(call, null);
        }

        private Part part(String name, Tree tree) {
            long start = trees.getSourcePositions().getStartPosition(unit, tree);
            long end = trees.getSourcePositions().getEndPosition(unit, tree);
            int line = (int) lines.getLineNumber(start);
            int length = end < start ? 1 : (int) lines.getLineNumber(end) - line + 1;
            return new Part(name, line, length, trees.getDocComment(getCurrentPath()) != null);
        }
    }
}
