"""An FDX file with nothing in it, which every screenplay without a file of its own is written into."""

from __future__ import annotations

BLANK = b"""<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="1">

  <Content>
  </Content>

  <HeaderAndFooter FooterFirstPage="No" FooterVisible="No" HeaderFirstPage="No" HeaderVisible="Yes" StartingPage="1">
    <Header>
      <Paragraph Alignment="Right" LeftIndent="1.25" RightIndent="-1.00">
        <DynamicLabel Type="Page #"/>
        <Text>.</Text>
      </Paragraph>
    </Header>
    <Footer>
      <Paragraph Alignment="Right"/>
    </Footer>
  </HeaderAndFooter>

</FinalDraft>
"""
