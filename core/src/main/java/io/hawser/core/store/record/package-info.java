/** Records: small typed tables and logs that the hub keeps about itself, on every engine that has a shelf. */
@NullMarked
package io.hawser.core.store.record;

import org.jspecify.annotations.NullMarked;
