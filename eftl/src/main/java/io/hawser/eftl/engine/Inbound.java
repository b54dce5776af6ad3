package io.hawser.eftl.engine;

/**
 * How much has been read that the program is not through with. When it is too much nothing more is read, so that memory stays
 * bounded and the server feels it through TCP. Owner: the loop.
 */
final class Inbound {
    private final int mostEvents;
    private final long mostBytes;
    private int events;
    private long bytes;
    private boolean full;

    Inbound(int mostEvents, long mostBytes) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
    }

    void add(long size) {
        events++;
        bytes += size;
        full |= events >= mostEvents || bytes >= mostBytes;
    }

    void remove(long size) {
        events--;
        bytes -= size;
        full &= events > mostEvents / 2 || bytes > mostBytes / 2;
    }

    boolean isFull() {
        return full;
    }

    boolean isEmpty() {
        return events == 0;
    }
}
