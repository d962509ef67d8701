import confluent_kafka

producer = confluent_kafka.Producer({"bootstrap.servers": "127.0.0.1:1", "log_level": 0})
producer.produce("topic", b"value", b"key")
confluent_kafka.producer_of_the_probe = producer  # its end would wait for the server
