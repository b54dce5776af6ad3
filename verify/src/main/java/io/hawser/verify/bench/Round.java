package io.hawser.verify.bench;

/**
 * What one round measured.
 *
 * @param published how many messages were sent
 * @param delivered how many deliveries arrived
 * @param lost how many deliveries did not arrive although they should
 * @param disordered how many deliveries came after a later one, or twice
 * @param nanos from the first publication to the last delivery
 */
record Round(long published, long delivered, long lost, long disordered, long nanos) {
    double deliveriesPerSecond() {
        return delivered * 1e9 / nanos;
    }
}
