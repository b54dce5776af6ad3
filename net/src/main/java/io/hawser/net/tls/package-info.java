/**
 * TLS 1.2 and 1.3 on the JDK's provider: who a server is, and whom a client trusts. Knows no connection of ours; the
 * other rooms of net put its handlers first.
 */
@NullMarked
package io.hawser.net.tls;

import org.jspecify.annotations.NullMarked;
