import unittest


class Case(unittest.TestCase):
    def test_one(self):
        self.assertTrue(True)


unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(Case))
