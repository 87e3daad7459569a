"""Which entities are one person: 王建国 = 王先生 = 老王 = 建国 = Wang Jianguo.

    block, entities ─facts─▶ Fact* ─document─▶ units ─people─▶ Subject* ─▶ entities with subject and role

What a block says about persons is noted as facts; within a document they become units (a name
and the values beside it); units of all documents become subjects. Everything is a set or
sorted by keys of its own, so that neither the order of files nor the number of workers counts.
"""
