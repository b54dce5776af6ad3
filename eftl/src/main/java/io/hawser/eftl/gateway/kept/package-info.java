/** What the gateway has in the store for more than one session: durables that clients share, and who goes on counting. */
@NullMarked
package io.hawser.eftl.gateway.kept;

import org.jspecify.annotations.NullMarked;
