package io.hawser.verify.bench.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.store.durable.StoredMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** How much memory a process takes that keeps a backlog for a durable whose client is away, and hands it out at last. */
public final class Backlog {
    /** What stands before the memory that a process took at most, in KiB. */
    private static final String PEAK = "VmHWM:";

    private static final String HEAP = "-Xmx256m";

    private Backlog() {}

    /**
     * What a process said, line by line, and how much memory it took at most.
     *
     * @param said its output
     * @param peakMib in MiB
     */
    public record Outcome(String said, double peakMib) {}

    /** Keeps {@code mib} MiB in messages of {@code bytes} bytes in {@code folder}, in a process with a heap of 256 MiB. */
    public static Outcome measure(Path folder, int mib, int bytes) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Backlog.class.getName(),
                        folder.toString(),
                        Integer.toString(mib),
                        Integer.toString(bytes))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the process with the backlog failed:\n" + said);
        }
        double peak = said.lines()
                .filter(line -> line.startsWith(PEAK))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .max()
                .orElseThrow(() -> new IOException("no " + PEAK + " in:\n" + said));
        return new Outcome(said, peak / 1024.0);
    }

    /** The process: a folder, how many MiB, and how long each message is. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        int bytes = Integer.parseInt(arguments[2]);
        int messages = (int) (((long) Integer.parseInt(arguments[1]) << 20) / bytes);
        try (LocalEngine engine = new LocalEngine(folder, bytes)) {
            for (int i = 0; i < messages; i++) {
                engine.append(engine::admit);
            }
            engine.settle();
            System.out.println("kept " + messages + " messages of " + bytes + " bytes");
            sayMemory();
            CountDownLatch left = new CountDownLatch(messages);
            engine.consume(
                    (consumer, delivered) -> {
                        consumer.acknowledge(
                                delivered.stream().map(StoredMessage::id).toList());
                        consumer.request(delivered.size());
                        delivered.forEach(message -> left.countDown());
                    },
                    Contender.WINDOW);
            left.await();
            System.out.println("handed out " + messages + " messages");
            sayMemory();
        }
    }

    private static void sayMemory() throws IOException {
        Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(PEAK) || line.startsWith("VmRSS:"))
                .forEach(System.out::println);
    }
}
