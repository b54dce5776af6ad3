/** What a session has of its client, on whatever connection: what is said to it, when it is read from, and its pulse. */
@NullMarked
package io.hawser.eftl.gateway.party;

import org.jspecify.annotations.NullMarked;
