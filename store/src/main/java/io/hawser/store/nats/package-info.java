/**
 * The engine on NATS JetStream: a journal of all changes in one stream, contents of objects in another, and a lease, so that one
 * hub at a time has both (decision 0027).
 */
@NullMarked
package io.hawser.store.nats;

import org.jspecify.annotations.NullMarked;
