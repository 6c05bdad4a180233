/** The pages of the example, the session behind them, and the servlet that serves them. */
@NullMarked
package dev.gatehouse.example.web;

import org.jspecify.annotations.NullMarked;
