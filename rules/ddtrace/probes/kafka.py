import confluent_kafka

settings = {"bootstrap.servers": "127.0.0.1:1", "test.mock.num.brokers": 1, "log_level": 0}  # it brings its own server
producer = confluent_kafka.Producer(settings)
producer.produce("topic", b"value", b"key")
confluent_kafka.producer_of_the_probe = producer  # its end would wait for the server
