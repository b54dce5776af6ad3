package io.hawser.eftl.link;

import java.time.Instant;

/**
 * One link at one moment.
 *
 * @param name its name in the configuration
 * @param url where the other hub is, without passwords
 * @param state how it stands
 * @param since since when
 * @param hub the id of the other hub; empty: it has never been up
 * @param in what came and was let in
 * @param out what the other hub has acknowledged
 * @param waiting what waits to be sent
 * @param dropped what was lost on the way out: too much waited, or the link was down for too long
 * @param denied what access rules, here or there, or the other hub's limits did not let cross
 * @param turnedBack what came and was here already, or had come too far
 * @param storms how often a breaker has interrupted the link
 * @param held what ended at a breaker
 * @param failure what went wrong last; empty: nothing
 */
public record LinkStatus(
        String name,
        String url,
        LinkState state,
        Instant since,
        String hub,
        long in,
        long out,
        int waiting,
        long dropped,
        long denied,
        long turnedBack,
        long storms,
        long held,
        String failure) {}
