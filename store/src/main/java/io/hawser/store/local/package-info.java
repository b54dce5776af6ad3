/** The embedded engine: messages for durables in a folder of this machine, on RocksDB. */
@NullMarked
package io.hawser.store.local;

import org.jspecify.annotations.NullMarked;
