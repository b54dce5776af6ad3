/** The commands that run a hub, its clients and its files, one class each; thin: they read flags, call others, and print. */
@NullMarked
package io.hawser.app.command;

import org.jspecify.annotations.NullMarked;
