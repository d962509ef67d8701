import celery

app = celery.Celery("probe", broker="memory://", backend="cache+memory://")
app.conf.update(task_always_eager=True)


@app.task
def add(a, b):
    return a + b


assert add.delay(1, 2).get() == 3
assert add.apply((1, 2)).get() == 3
