package io.hawser.verify.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a trace of a hub's system calls in their order. A publication is safe when its mark was written to a log file and a
 * sync of that file, begun after the write, ended well; an acknowledgement that leaves for a client before is wrong.
 */
final class AckOrder {
    private static final Pattern CALL = Pattern.compile(
            "(\\d+) +(?:<\\.\\.\\. (\\w+) resumed>(.*)|(\\w+)\\((.*?)(?: <unfinished \\.\\.\\.>|\\) += (-?\\d+).*))");
    private static final Pattern TARGET = Pattern.compile("\\d+<([^>]*(?:->)?[^>]*)>.*", Pattern.DOTALL);
    private static final Pattern MARK = Pattern.compile("mark-(\\d+)-");
    private static final Pattern ACKNOWLEDGED =
            Pattern.compile("\\{\\\\\"op\\\\\":9,\\\\\"seq\\\\\":(\\d+)(?!\\d)(?!,\\\\\"err)");

    private final Map<String, Set<Long>> written = new HashMap<>();
    private final Set<Long> safe = new HashSet<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    /** What each thread is in the middle of. */
    private final Map<String, Pending> pending = new HashMap<>();

    /**
     * A call that has begun.
     *
     * @param covered what a sync makes safe if it ends well
     */
    private record Pending(String call, String arguments, Set<Long> covered) {}

    AckOrder(List<String> trace) {
        trace.forEach(this::line);
    }

    Set<Long> acknowledged() {
        return acknowledged;
    }

    List<String> violations() {
        return violations;
    }

    private void line(String line) {
        Matcher call = CALL.matcher(line);
        if (!call.matches()) {
            return;
        }
        String thread = call.group(1);
        if (call.group(4) != null) {
            pending.put(thread, begun(call.group(4), call.group(5)));
        }
        boolean unfinished = call.group(4) != null && call.group(6) == null;
        Pending done = unfinished ? null : pending.remove(thread);
        if (done != null) {
            String result = call.group(6) != null ? call.group(6) : line.substring(line.lastIndexOf(" = ") + 3);
            ended(done, !result.startsWith("-"));
        }
    }

    private Pending begun(String call, String arguments) {
        if (call.endsWith("sync")) {
            return new Pending(call, arguments, Set.copyOf(written.getOrDefault(target(arguments), Set.of())));
        }
        if (target(arguments).startsWith("TCP")) {
            numbers(ACKNOWLEDGED, arguments).forEach(number -> {
                acknowledged.add(number);
                if (!safe.contains(number)) {
                    violations.add("publication " + number + " was acknowledged before it was safe");
                }
            });
        }
        return new Pending(call, arguments, Set.of());
    }

    private void ended(Pending done, boolean well) {
        String target = target(done.arguments());
        if (well && done.call().endsWith("sync")) {
            safe.addAll(done.covered());
        } else if (well && target.endsWith(".log")) {
            Objects.requireNonNull(written.computeIfAbsent(target, file -> new HashSet<>()))
                    .addAll(numbers(MARK, done.arguments()));
        }
    }

    private static String target(String arguments) {
        Matcher target = TARGET.matcher(arguments);
        return target.matches() ? target.group(1) : "";
    }

    private static Set<Long> numbers(Pattern pattern, String text) {
        Set<Long> numbers = new HashSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            numbers.add(Long.parseLong(matcher.group(1)));
        }
        return numbers;
    }
}
