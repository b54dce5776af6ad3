package io.hawser.store.local.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What checks found damaged. Not thread-safe. */
public final class Findings {
    private final List<Finding> all = new ArrayList<>();

    /**
     * One damaged thing.
     *
     * @param text names it and says what is wrong
     * @param mend sets it aside so that the rest can be used
     */
    record Finding(String text, Consumer<Mending> mend) {}

    /** {@code text} names what is damaged and says how; {@code mend} sets it aside so that the rest can be used. */
    public void damaged(String text, Consumer<Mending> mend) {
        all.add(new Finding(text, mend));
    }

    /** {@code text} names what is damaged; only rebuilding the database helps. */
    public void unreadable(String text) {
        damaged(text, mending -> {});
    }

    /** What is damaged, a line each, in the order of finding. */
    public List<String> texts() {
        return all.stream().map(Finding::text).toList();
    }

    /** Sets aside all that was found. */
    public void mend(Mending mending) {
        all.forEach(finding -> finding.mend().accept(mending));
    }
}
