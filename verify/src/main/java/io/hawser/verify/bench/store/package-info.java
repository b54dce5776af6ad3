/** Benchmarks of the store: what is acknowledged is on the disk, beside a raw database, a raw file and NATS JetStream. */
@NullMarked
package io.hawser.verify.bench.store;

import org.jspecify.annotations.NullMarked;
