package io.hawser.core.session;

import java.time.Instant;

/**
 * Something that happened to a party.
 *
 * @param time when
 * @param event what
 * @param detail why, or what it was about, for people
 */
public record JournalEntry(Instant time, PartyEvent event, String detail) {}
