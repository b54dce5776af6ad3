/**
 * The clever-show peer library: {@link io.hawser.clever.CleverPeer#connect} gives a peer that sends actions, asks and answers
 * requests, sends and gets files; {@link io.hawser.clever.CleverServer#listen} takes peers that come by themselves.
 */
@NullMarked
package io.hawser.clever;

import org.jspecify.annotations.NullMarked;
