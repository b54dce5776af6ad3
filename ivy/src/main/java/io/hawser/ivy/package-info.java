/**
 * An Ivy agent for Java programs ({@code specs/ivy.md}).
 *
 * <pre>{@code
 * IvyAgent agent = IvyAgent.join("weather", "127.255.255.255:2010");
 * agent.bind("^hello (.*)", (client, args) -> System.out.println(client + " says " + args.get(0)));
 * agent.send("hello world");
 * }</pre>
 */
@NullMarked
package io.hawser.ivy;

import org.jspecify.annotations.NullMarked;
