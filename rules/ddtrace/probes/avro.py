import io

import avro.schema
from avro.io import BinaryEncoder, DatumWriter

read = avro.schema.parse if hasattr(avro.schema, "parse") else avro.schema.Parse
schema = read('{"type": "record", "name": "A", "fields": [{"name": "b", "type": "int"}]}')
DatumWriter(schema).write({"b": 1}, BinaryEncoder(io.BytesIO()))
