package dev.gatehouse.servlet;

/** The endpoints of trusted publishing on Undertow. */
class UndertowPublishingTest extends PublishingContract {
    @Override
    Container container() {
        return new UndertowContainer();
    }
}
