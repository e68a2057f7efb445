from tests.receiver import receiving


def test_the_command_tells_whether_it_can_tell(gouji, monkeypatch):
    assert gouji("notify").exit_code == 2
    with receiving() as receiver:
        monkeypatch.setenv("GOUJI_NOTIFY", receiver.address)
        assert "secret-token" not in gouji("notify").stdout
        assert gouji("notify", "--test").exit_code == 0
        (message,) = receiver.messages
        assert "测试通知" in message["title"]
        receiver.status = 500
        refused = gouji("notify", "--test", "--lang", "en")
        assert refused.exit_code == 1
        assert "500" in refused.stdout
        monkeypatch.setenv("GOUJI_NOTIFY", "nosuch://secret-token")
        unknown = gouji("notify", "--test")
        assert unknown.exit_code == 1
        assert "nosuch" in unknown.stdout
        assert "secret-token" not in unknown.stdout + unknown.stderr
