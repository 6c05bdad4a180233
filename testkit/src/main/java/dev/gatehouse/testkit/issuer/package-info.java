/** Fakes of what trusted publishing and leak reports reach over the network: issuers with their keys, and reporters. */
@NullMarked
package dev.gatehouse.testkit.issuer;

import org.jspecify.annotations.NullMarked;
