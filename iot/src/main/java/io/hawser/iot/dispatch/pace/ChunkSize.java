package io.hawser.iot.dispatch.pace;

/**
 * How many messages go in one call: all that may, except after a failure, when a server that has just come back is given 10, 10, 20,
 * 30, 50, ... ({@code specs/iot.md} 3.2), and after a refusal, when halves find the message that the server does not take.
 * Owner: the dispatcher's loop.
 */
public final class ChunkSize {
    private static final int STEP = 10;

    private final int most;
    /** Successful calls since the failure, from 1; 0 if it is long ago. */
    private int recovery;

    private int whole;

    /** At most {@code most}, and for now that many. */
    public ChunkSize(int most) {
        this.most = most;
        this.whole = most;
    }

    /** How many may go now. */
    public int now() {
        return Math.min(whole, recovery == 0 ? most : STEP * FibonacciWait.number(recovery));
    }

    /** A call found the server out. */
    public void failed() {
        recovery = 1;
    }

    /** A call of {@code size} messages was refused. */
    public void refused(int size) {
        whole = Math.max(size / 2, 1);
    }

    /** A call was accepted. */
    public void delivered() {
        if (recovery > 0) {
            recovery++;
            if (STEP * FibonacciWait.number(recovery) >= most || recovery > 12) {
                recovery = 0;
            }
        }
        whole = (int) Math.min(2L * whole, most);
    }
}
