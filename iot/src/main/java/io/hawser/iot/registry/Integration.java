package io.hawser.iot.registry;

/**
 * A program that works with the devices of an application ({@code specs/iot.md} 1.9): an operator.
 *
 * @param id given by the hub
 * @param name for people
 * @param application the id of its application
 * @param secret what it signs its tokens with
 * @param epoch grows with every new secret: a token of an older epoch is void
 * @param created when, in milliseconds since the epoch
 */
public record Integration(String id, String name, String application, Secret secret, long epoch, long created) {}
