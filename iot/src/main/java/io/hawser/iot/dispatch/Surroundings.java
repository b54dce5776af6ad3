package io.hawser.iot.dispatch;

import io.hawser.net.Loop;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a dispatcher works with, and neither makes nor closes; all of it must outlive the dispatcher.
 *
 * @param loop owns all that the dispatcher knows, and turns its clock
 * @param clock the time of day, for event times and ages alone
 * @param random for client ids and the jitter of waits; must be safe for any thread
 * @param callbacks runs callbacks and completes futures, one after another whatever executor it is
 * @param handlers runs request handlers; as many at a time as it has threads
 */
public record Surroundings(
        Loop loop, InstantSource clock, RandomGenerator random, Executor callbacks, Executor handlers) {}
