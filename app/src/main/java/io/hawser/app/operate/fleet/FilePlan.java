package io.hawser.app.operate.fleet;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Which file goes to which copters. Of a folder each copter gets the one that is named after it: its name without what follows the
 * last dot is a regexp that must match the whole id, as in the original ({@code specs/clever.md} 2.3).
 *
 * @param files with the copters that each is for
 * @param without the copters for which there is none
 */
record FilePlan(Map<Path, List<String>> files, List<String> without) {
    /** A plan with copies. */
    FilePlan {
        files = new LinkedHashMap<>(files);
        without = List.copyOf(without);
    }

    /**
     * Chooses among the files of {@code folder}.
     *
     * @throws Failure if there is none, or more than one for a copter
     */
    static FilePlan of(Path folder, List<String> copters) {
        Map<Path, Pattern> names = names(folder);
        Map<Path, List<String>> chosen = new TreeMap<>();
        List<String> without = new ArrayList<>();
        for (String copter : copters) {
            List<Path> fit = names.entrySet().stream()
                    .filter(each -> each.getValue().matcher(copter).matches())
                    .map(Map.Entry::getKey)
                    .toList();
            if (fit.isEmpty()) {
                without.add(copter);
            } else if (fit.size() > 1) {
                throw new Failure(
                        Exit.USAGE, fit.get(0) + " and " + fit.get(1) + " are both for " + copter + "; rename one");
            } else {
                chosen.computeIfAbsent(fit.get(0), first -> new ArrayList<>()).add(copter);
            }
        }
        return new FilePlan(chosen, without);
    }

    private static Map<Path, Pattern> names(Path folder) {
        Map<Path, Pattern> names = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                String name = String.valueOf(file.getFileName());
                if (!name.startsWith(".")) {
                    names.put(file, pattern(name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name));
                }
            });
        } catch (IOException unreadable) {
            throw new Failure(Exit.FAILED, folder + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        if (names.isEmpty()) {
            throw new Failure(Exit.USAGE, folder + " holds no file");
        }
        return names;
    }

    private static Pattern pattern(String name) {
        try {
            return Pattern.compile(name);
        } catch (PatternSyntaxException literal) {
            return Pattern.compile(Pattern.quote(name));
        }
    }
}
