import gevent

assert gevent.spawn(lambda: 1).get() == 1
