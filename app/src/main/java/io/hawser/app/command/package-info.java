/** The commands of the program, one class each; thin: they read flags, call the hub or a client, and print. */
@NullMarked
package io.hawser.app.command;

import org.jspecify.annotations.NullMarked;
