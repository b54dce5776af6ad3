package io.hawser.ivy.engine;

/**
 * TCP ports of which the first free one is taken, for firewalls that let some through ({@code IVYRANGE} of ivy-java,
 * {@code specs/ivy.md} 1.12).
 *
 * @param first 1 to 65535, or 0 for {@link #ANY}
 * @param last not below {@code first}
 */
public record PortRange(int first, int last) {
    /** Whatever port the system gives. */
    public static final PortRange ANY = new PortRange(0, 0);

    /**
     * Reads {@code 40000-40099}.
     *
     * @throws IllegalArgumentException with a text for the user
     */
    public static PortRange parse(String text) {
        if (!text.matches("[1-9][0-9]{0,4}-[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException(
                    "the ports '" + text + "' are wrong: expected 'first-last', for example '40000-40099'");
        }
        int dash = text.indexOf('-');
        return new PortRange(Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }

    /**
     * A checked range.
     *
     * @throws IllegalArgumentException with a text for the user
     */
    public PortRange {
        boolean any = first == 0 && last == 0;
        if (!any && (first < 1 || last < first || last > 65_535)) {
            throw new IllegalArgumentException("the ports " + first + " to " + last
                    + " are wrong: expected two from 1 to 65535, the smaller one first");
        }
    }
}
