/** What devices said: messages and alerts in the order in which they came, each once, and what is known of each device by them. */
@NullMarked
package io.hawser.iot.registry.history;

import org.jspecify.annotations.NullMarked;
