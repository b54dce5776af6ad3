package io.hawser.core.access;

/**
 * Who somebody is for access rules, whatever protocol it speaks.
 *
 * @param name the user's name; parties of protocols without users have the name of their gateway
 */
public record Principal(String name) {}
