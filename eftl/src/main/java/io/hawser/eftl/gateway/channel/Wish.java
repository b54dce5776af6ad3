package io.hawser.eftl.gateway.channel;

import io.hawser.core.route.Group;
import io.hawser.core.route.Interest;
import java.util.Optional;

/**
 * What a subscription asks for.
 *
 * @param interest which messages
 * @param group the queue it takes them from, sharing them with others; empty: it gets each of them
 */
public record Wish(Interest interest, Optional<Group> group) {}
