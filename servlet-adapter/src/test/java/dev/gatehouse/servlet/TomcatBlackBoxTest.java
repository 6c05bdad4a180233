package dev.gatehouse.servlet;

class TomcatBlackBoxTest extends BlackBoxContract {
    @Override
    Container container() {
        return new TomcatContainer();
    }
}
