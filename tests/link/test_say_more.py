import pytest

from deid.link.facts import say_more


@pytest.mark.parametrize(
    "texts",
    [
        ["13912345678", "SF000001"],
        ["13912345678", "HIV"],
        ["长沙市人民路3号", "长沙市无", "艾滋病关爱中心3号", "长沙市性别路"],
        ["检查排除", "梅毒", "13912345678"],
        ["长沙市\u200b人民路", "长沙市人民路"],
    ],
)
def test_of_cells_together_as_much_is_said_as_of_each(texts):
    assert say_more(texts) == [more for text in texts for more in say_more([text])]
