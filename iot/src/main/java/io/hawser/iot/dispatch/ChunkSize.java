package io.hawser.iot.dispatch;

/**
 * How many messages go in one call: all that may, except after a failure, when a server that has just come back is given 10, 10, 20,
 * 30, 50, ... ({@code specs/iot.md} 3.2), and after a refusal, when halves find the message that the server does not take.
 * Owner: the dispatcher's loop.
 */
final class ChunkSize {
    private static final int STEP = 10;

    private final int most;
    /** Successful calls since the failure, from 1; 0 if it is long ago. */
    private int recovery;

    private int whole;

    ChunkSize(int most) {
        this.most = most;
        this.whole = most;
    }

    int now() {
        return Math.min(whole, recovery == 0 ? most : STEP * FibonacciWait.number(recovery));
    }

    void failed() {
        recovery = 1;
    }

    void refused(int size) {
        whole = Math.max(size / 2, 1);
    }

    void delivered() {
        if (recovery > 0) {
            recovery++;
            if (STEP * FibonacciWait.number(recovery) >= most || recovery > 12) {
                recovery = 0;
            }
        }
        whole = (int) Math.min(2L * whole, most);
    }
}
