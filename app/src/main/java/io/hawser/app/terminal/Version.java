package io.hawser.app.terminal;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, as its jar says it. */
public final class Version implements IVersionProvider {
    /** What stands in for the version when the classes do not come from the jar. */
    private static final String UNPACKAGED = "(unpackaged)";

    /** Made by the command line. */
    public Version() {}

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    /** {@code hawser 1.2.3}. */
    public static String text() {
        return "hawser " + number();
    }

    /** {@code 1.2.3}. */
    public static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse(UNPACKAGED);
    }
}
