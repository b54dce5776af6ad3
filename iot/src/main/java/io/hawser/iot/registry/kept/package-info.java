/** What every part of the registry stands on: tables held in memory as the store has them, changed only after the store. */
@NullMarked
package io.hawser.iot.registry.kept;

import org.jspecify.annotations.NullMarked;
