/** What programs of operators ask for and are told: filters, pages and the state of requests. Pure; facts from {@code specs/iot.md} 1.9. */
@NullMarked
package io.hawser.iot.wire.operator;

import org.jspecify.annotations.NullMarked;
