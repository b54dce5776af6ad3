package io.hawser.clever.gateway;

/**
 * Where a copter shall put a file. Pure.
 *
 * <p>Originals put it wherever the path says, and hand the path to a shell ({@code specs/clever.md} 1.8, 4.3): so nothing that means
 * something to a shell leaves the hub.
 */
final class CopterPath {
    /** Stands for the folder that the copter names when it is asked for its {@code clover_dir}. */
    private static final String CLOVER_DIR = "{clover_dir}";

    private static final int LONGEST = 1_000;

    private CopterPath() {}

    /** What {@code wanted} is at {@code copter}. */
    static String at(Copter copter, String wanted) throws CommandException {
        String path = wanted;
        if (wanted.contains(CLOVER_DIR)) {
            if (!copter.cloverDir().startsWith("/")) {
                throw new CommandException("it does not say where its Clover is (clover_dir is '" + copter.cloverDir()
                        + "'); say a path without " + CLOVER_DIR);
            }
            path = wanted.replace(CLOVER_DIR, copter.cloverDir());
        }
        if (path.isEmpty() || path.length() > LONGEST || path.endsWith("/")) {
            throw new CommandException(
                    "the path at the copter must name a file and have at most " + LONGEST + " characters");
        }
        if (path.startsWith("-") || !path.matches("[\\p{L}\\p{N}/._@+=,-]+")) {
            throw new CommandException("the path at the copter may hold letters, digits and / . _ @ + = , - alone, and"
                    + " no - at its beginning: copters hand it to a shell");
        }
        return path;
    }
}
